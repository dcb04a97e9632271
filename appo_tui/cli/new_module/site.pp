# The instances of this environment, and which component of each goes on which node.
site {
__instance__}
