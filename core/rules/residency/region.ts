/** Names of regions as clouds write them: `eu-west-3`, `europe-west1`, `fr-par`, `us-gov-east-1`, `westeurope`. */
const named =
  /(?<![\w-])((?:us-gov|us-iso\w*|[a-z]{2})-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\d|(?:africa|asia|australia|europe|me|northamerica|southamerica|us)-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)\d|(?:fr-par|nl-ams|pl-waw)|(?:west|north|east|south|central)(?:europe|us\d?|india)|(?:france|germany|uk|switzerland|norway|sweden)(?:central|north|south|west|westcentral))(?![a-z])/g;

/** The regions that the addresses in a text lie in: `s3.eu-west-3.amazonaws.com`. */
export function regionsInAddresses(text: string): string[] {
  const addresses = text.toLowerCase().match(/[a-z0-9-]+(\.[a-z0-9-]+){2,}/g) ?? [];
  return [...new Set(addresses.flatMap((address) => [...address.matchAll(named)].map(([, region = ""]) => region)))];
}
