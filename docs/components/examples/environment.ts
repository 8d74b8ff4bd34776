import * as palier from "../../../index.ts";

/** Of the stack `staging` of the project `shop`: the namespace `shop-staging`, closed by default. */
export const { namespace } = new palier.Environment("shop");
