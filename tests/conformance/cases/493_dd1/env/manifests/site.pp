define p { } 
define p { }
site { }
