#!/usr/bin/env node
import grpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { EngineLog } from "../grpc/engine-log.ts";
import { engineAddress, serve } from "../grpc/serve.ts";
import { Children } from "./children.ts";
import { languageService } from "./service.ts";

// Stands in for pulumi-language-nodejs: runs a stack's program and a policy pack for the engine.
const children = new Children();
process.on("exit", () => children.kill());
const log = new EngineLog();
const engine = engineAddress();
if (engine !== undefined) log.connect(engine);
await serve(grpc.LanguageRuntimeService, languageService(children, engine, log));
