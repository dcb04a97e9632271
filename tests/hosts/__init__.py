"""Tests on real hosts: OpenSSH's sshd and Debian's Puppet in namespaces of this machine."""
