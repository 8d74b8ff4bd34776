package node

const multiarch = "x86_64-linux-gnu"
