define p { }
