application m::farm { back { 'p': host => 1, export => Http['h'] } }
