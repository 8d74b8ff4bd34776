package node

import (
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

const graceForContainers = 5 * time.Second

// letContainersEnd asks the first process of every container to end, so that databases close their files. What does not end
// in time is killed with the namespace.
func letContainersEnd() {
	for _, pid := range containers() {
		_ = unix.Kill(pid, unix.SIGTERM)
	}
	for end := time.Now().Add(graceForContainers); time.Now().Before(end) && len(containers()) > 0; {
		time.Sleep(20 * time.Millisecond)
	}
}

// containers finds the processes that are number 1 in a PID namespace inside ours.
func containers() []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var found []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || pid == 1 {
			continue
		}
		status, err := os.ReadFile("/proc/" + entry.Name() + "/status")
		if err == nil && isFirstOfNested(string(status)) {
			found = append(found, pid)
		}
	}
	return found
}

func isFirstOfNested(status string) bool {
	for _, line := range strings.Split(status, "\n") {
		if ids, ok := strings.CutPrefix(line, "NSpid:"); ok {
			numbers := strings.Fields(ids)
			return len(numbers) > 1 && numbers[len(numbers)-1] == "1"
		}
	}
	return false
}
