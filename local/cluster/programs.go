package main

import (
	"context"
	"fmt"
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
	_ "k8s.io/client-go/plugin/pkg/client/auth"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllerManager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
	"palier.dev/local/cluster/controllers"
	"palier.dev/local/cluster/metrics"
	"palier.dev/local/cluster/node"
	"palier.dev/local/cluster/settings"
	"palier.dev/local/cluster/up"
)

// Only the command that is asked for is made: several fill the same global registries of flags and features.
var programs = map[string]func(){
	"etcd":                    func() { etcdmain.Main(os.Args) },
	"kube-apiserver":          func() { os.Exit(cli.Run(apiserver.NewAPIServerCommand())) },
	"kube-controller-manager": func() { os.Exit(cli.Run(controllerManager.NewControllerManagerCommand())) },
	"kube-scheduler":          func() { os.Exit(cli.Run(scheduler.NewSchedulerCommand())) },
	"kubelet":                 func() { os.Exit(cli.Run(kubelet.NewKubeletCommand(context.Background()))) },
	"kube-proxy":              func() { os.Exit(cli.Run(proxy.NewProxyCommand())) },
	"kubectl": func() {
		if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
			util.CheckErr(err)
		}
	},

	"metrics-server": func() { check(metrics.Run(context.Background())) },
	"up":             func() { check(started(settings.FromFlags, up.Up)) },
	"init":           func() { check(started(fromFolder, node.Init)) },
	"images":         func() { check(node.ImportImages(context.Background())) },
	"controllers": func() {
		check(inFolder(func(folder string) error { return controllers.Run(context.Background(), folder) }))
	},
	"wait": func() { check(inFolder(controllers.Wait)) },
	"stop": func() { check(inFolder(up.Stop)) },
	"running": func() {
		check(inFolder(func(folder string) error { _, err := fmt.Println(up.Running(folder)); return err }))
	},
}

func started(read func([]string) (settings.Settings, error), run func(settings.Settings) error) error {
	s, err := read(os.Args[1:])
	if err != nil {
		return err
	}
	return run(s)
}

func fromFolder(arguments []string) (settings.Settings, error) {
	folder, err := settings.Folder(arguments)
	if err != nil {
		return settings.Settings{}, err
	}
	return settings.Load(folder)
}

func inFolder(run func(string) error) error {
	folder, err := settings.Folder(os.Args[1:])
	if err != nil {
		return err
	}
	return run(folder)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
