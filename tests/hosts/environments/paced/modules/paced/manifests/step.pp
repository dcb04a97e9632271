define paced::step { }

Paced::Step produces Pace { }
Paced::Step consumes Pace { }
