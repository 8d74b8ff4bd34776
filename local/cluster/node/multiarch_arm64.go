package node

const multiarch = "aarch64-linux-gnu"
