"""Protocol doubles: small servers on the loopback that speak what the outside speaks.

They stand at the network's edge only; the real client code talks to them over real sockets. They import nothing of the
product.
"""
