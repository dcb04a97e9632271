class k { notify { 'k': } }
site { include k }
