class m { notice(f()) }
