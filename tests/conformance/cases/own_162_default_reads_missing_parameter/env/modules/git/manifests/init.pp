class git($user, $home, $where = undef, $repositories = $where ? { undef => "${home}/repositories", default => $where }) { }
