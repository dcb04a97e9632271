class quagga(Optional[Missing::Address] $listen = undef) { }
