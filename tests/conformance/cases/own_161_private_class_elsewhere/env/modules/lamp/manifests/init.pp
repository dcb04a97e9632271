class lamp { include lamp::params }
