define p { }
site { }
