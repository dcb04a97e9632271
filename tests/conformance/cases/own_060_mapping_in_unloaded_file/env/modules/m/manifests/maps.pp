class m::maps { }
M::Back produces Http { port => 3 }
