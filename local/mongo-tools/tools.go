//go:build tools

// Package tools names the programs of MongoDB's own tools that tests build, so that `go mod tidy` keeps what they are made of.
// MongoDB publishes them by tags that are no versions of Go's, and Go's checksum database does not know this one: go.sum does.
package tools

import (
	_ "github.com/mongodb/mongo-tools/mongodump/main"
	_ "github.com/mongodb/mongo-tools/mongoexport/main"
	_ "github.com/mongodb/mongo-tools/mongoimport/main"
	_ "github.com/mongodb/mongo-tools/mongorestore/main"
)
