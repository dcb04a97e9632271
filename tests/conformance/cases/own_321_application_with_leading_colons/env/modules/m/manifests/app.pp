application m::app($n = 'x') { }
