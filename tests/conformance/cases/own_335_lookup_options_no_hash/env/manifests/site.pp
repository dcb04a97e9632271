lookup('v')
