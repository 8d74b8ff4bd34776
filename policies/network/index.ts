import { noVulnerableIngress } from "../../core/rules/images/vulnerable.ts";
import { certificates } from "../../core/rules/network/certificates.ts";
import { gatewayTls } from "../../core/rules/network/gatewayTls.ts";
import { httpsRedirect, noPlainLoadBalancer } from "../../core/rules/network/httpsOnly.ts";
import { httpsUrls } from "../../core/rules/network/httpsUrls.ts";
import { ingressHosts, ingressTls, ingressTlsHosts, noIngressSnippets } from "../../core/rules/network/ingress.ts";
import { noEmptySelector } from "../../core/rules/network/policies.ts";
import { policyStaysInside } from "../../core/rules/network/policyStaysInside.ts";
import { rateLimit } from "../../core/rules/network/rateLimit.ts";
import { securityHeaders } from "../../core/rules/network/securityHeaders.ts";
import { noExternalIps, noLoadBalancer, noNodePort } from "../../core/rules/network/services.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const network: readonly Rule[] = [
  ingressHosts,
  ingressTls,
  ingressTlsHosts,
  gatewayTls,
  httpsRedirect,
  noPlainLoadBalancer,
  httpsUrls,
  noIngressSnippets,
  noVulnerableIngress,
  noExternalIps,
  noLoadBalancer,
  noNodePort,
  noEmptySelector,
  certificates,
  policyStaysInside,
  rateLimit,
  securityHeaders,
];
