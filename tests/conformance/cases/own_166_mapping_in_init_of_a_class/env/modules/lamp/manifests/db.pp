define lamp::db($size = 3) { }
