// FerretDB over SQLite, with users by SCRAM: what tests put in MongoDB's place. Its own program panics where it was not built from
// its repository; and what it is made of may be used by modules whose path begins with its own alone.
package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"github.com/FerretDB/FerretDB/internal/clientconn"
	"github.com/FerretDB/FerretDB/internal/clientconn/connmetrics"
	"github.com/FerretDB/FerretDB/internal/handler/registry"
	"github.com/FerretDB/FerretDB/internal/util/password"
	"github.com/FerretDB/FerretDB/internal/util/state"
)

func main() {
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	fail := func(err error) {
		if err != nil {
			logger.Error(err.Error())
			os.Exit(1)
		}
	}
	states, err := state.NewProvider("")
	fail(err)
	fail(states.Update(func(s *state.State) {
		s.DisableTelemetry()
		s.TelemetryLocked = true
	}))
	metrics := connmetrics.NewListenerMetrics()
	handler, end, err := registry.NewHandler("sqlite", &registry.NewHandlerOpts{
		Logger:        logger,
		ConnMetrics:   metrics.ConnMetrics,
		StateProvider: states,
		TCPHost:       os.Getenv("ADDRESS"),
		SQLiteURL:     "file:" + os.Getenv("FOLDER") + "/",
		SetupDatabase: os.Getenv("SETUP_DATABASE"),
		SetupUsername: os.Getenv("SETUP_USERNAME"),
		SetupPassword: password.WrapPassword(os.Getenv("SETUP_PASSWORD")),
		SetupTimeout:  30 * time.Second,
		TestOpts:      registry.TestOpts{CappedCleanupPercentage: 10, BatchSize: 100, EnableNewAuth: os.Getenv("SETUP_USERNAME") != "", MaxBsonObjectSizeBytes: 16 << 20},
	})
	fail(err)
	defer end()
	listener, err := clientconn.Listen(&clientconn.NewListenerOpts{
		TCP:     os.Getenv("ADDRESS"),
		Mode:    clientconn.NormalMode,
		Metrics: metrics,
		Handler: handler,
		Logger:  logger,
	})
	fail(err)
	listener.Run(context.Background())
}
