import { encryptedVolumes } from "../../core/rules/relations/encryptedVolumes.ts";
import { manifest } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const claim = (storageClassName?: string) => manifest("PersistentVolumeClaim", { spec: { storageClassName } });
const stateful = manifest("StatefulSet", { spec: { volumeClaimTemplates: [{ spec: { storageClassName: "fast" } }] } });
const fast = (parameters: object, provisioner = "ebs.csi.aws.com") => ({
  kind: "StorageClass",
  metadata: { name: "fast" },
  provisioner,
  parameters,
});

table(encryptedVolumes, {
  refuses: {
    "a class that does not": [claim("fast"), fast({ type: "gp3" })],
    "a class that says that it does not": [stateful, fast({ encrypted: "false" })],
    "a database's cluster": {
      set: { encrypted: ["safe-*"] },
      of: manifest("Cluster", { spec: { storage: { size: "1Gi", storageClass: "fast" } } }),
    },
    "a class that is not on the list": { set: { encrypted: ["safe-*"] }, of: claim("fast") },
    "the class by default, where a list names some": { set: { encrypted: ["safe-*"] }, of: claim() },
  },
  passes: {
    "a class that does": [claim("fast"), fast({ encrypted: "true" })],
    "a class by its key": [stateful, fast({ encryptionKMSID: "vault" }, "rbd.csi.ceph.com")],
    "a class whose disks always are": [claim("fast"), fast({}, "disk.csi.azure.com")],
    "a class on the list": { set: { encrypted: ["safe-*"] }, of: claim("safe-ssd") },
    "a class made elsewhere": claim("fast"),
  },
});
