class quagga::bgpd(Missing::Other $listen = undef) { }
