type M::Other = Integer[1, 65535]
