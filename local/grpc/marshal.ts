import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { Archive, Asset, type PropertyMap, Reference, Secret, Unknown, unknown, type Value } from "./values.ts";

// The marks of Pulumi's wire format (sdk/go/common/resource/{sig,plugin}).
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export function toStruct(map: PropertyMap): struct.Struct {
  const message = new struct.Struct();
  const fields = message.getFieldsMap();
  for (const [key, value] of Object.entries(map)) {
    if (value !== undefined) fields.set(key, toMessage(value));
  }
  return message;
}

export function fromStruct(message: struct.Struct | undefined): PropertyMap {
  const map: PropertyMap = {};
  message?.getFieldsMap().forEach((value: struct.Value, key: string) => {
    map[key] = fromMessage(value);
  });
  return map;
}

function toMessage(value: Value): struct.Value {
  const message = new struct.Value();
  if (value === null) message.setNullValue(struct.NullValue.NULL_VALUE);
  else if (typeof value === "boolean") message.setBoolValue(value);
  else if (typeof value === "number") message.setNumberValue(value);
  else if (typeof value === "string") message.setStringValue(value);
  else if (value instanceof Unknown) message.setStringValue(UNKNOWN_STRING);
  else if (Array.isArray(value)) message.setListValue(new struct.ListValue().setValuesList(value.map(toMessage)));
  else message.setStructValue(toStruct(signed(value)));
  return message;
}

function signed(value: Secret | Asset | Archive | Reference | PropertyMap): PropertyMap {
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: value.value };
  if (value instanceof Asset) return { [SIGNATURE]: ASSET, ...value.contents };
  if (value instanceof Archive) return { [SIGNATURE]: ARCHIVE, ...value.contents };
  if (value instanceof Reference) {
    // The wire's way to say "a resource with an id that is not known yet" is an empty id.
    const id = value.id instanceof Unknown ? "" : value.id;
    return { [SIGNATURE]: REFERENCE, urn: value.urn, id, packageVersion: value.packageVersion };
  }
  return value;
}

function fromMessage(message: struct.Value): Value {
  switch (message.getKindCase()) {
    case struct.Value.KindCase.BOOL_VALUE:
      return message.getBoolValue();
    case struct.Value.KindCase.NUMBER_VALUE:
      return message.getNumberValue();
    case struct.Value.KindCase.STRING_VALUE:
      return UNKNOWNS.has(message.getStringValue()) ? unknown : message.getStringValue();
    case struct.Value.KindCase.LIST_VALUE:
      return message.getListValue()!.getValuesList().map(fromMessage);
    case struct.Value.KindCase.STRUCT_VALUE:
      return unsigned(fromStruct(message.getStructValue()));
    default:
      return null;
  }
}

function unsigned(map: PropertyMap): Value {
  const { [SIGNATURE]: signature, ...rest } = map;
  switch (signature) {
    case undefined:
      return map;
    case SECRET:
      return new Secret(rest["value"] ?? null);
    case ASSET:
      return new Asset(rest as Asset["contents"]);
    case ARCHIVE:
      return new Archive(rest as Archive["contents"]);
    case REFERENCE:
      return new Reference(
        String(rest["urn"]),
        rest["id"] === "" ? unknown : (rest["id"] as string | undefined),
        rest["packageVersion"] as string | undefined,
      );
    case OUTPUT: {
      // Dependencies are dropped, as by any provider that doesn't ask for outputs: the engine knows them.
      const value = rest["value"] ?? unknown;
      return rest["secret"] === true ? new Secret(value) : value;
    }
    default:
      throw new Error(`a property has the signature ${JSON.stringify(signature)}, which this plugin doesn't know`);
  }
}
