import { fillPostgres, postgres, share } from "../postgres/recipe.ts";
import type { Recipe } from "../recipe.ts";

/** What draws in libraries of rasters and solids that are larger than all the rest, and that nobody here asks for. */
const leftOut = /raster|sfcgal|address_standardizer|tiger/;

/** Debian has several versions side by side, and links one when it installs it, which nothing here does. */
const extensions = ["postgis", "postgis_topology"];

/** Postgres with PostGIS, for systems that ask for it. */
export const postgis: Recipe = {
  name: "postgis",
  context: "postgres",
  packages: [...postgres.packages, "postgresql-15-postgis-3"],
  ingredients: [String(fillPostgres), String(leftOut), ...extensions],
  async fill(rootfs) {
    await fillPostgres(rootfs, leftOut);
    for (const name of extensions) {
      const control = await rootfs.read(`${share}/extension/${name}-3.control`);
      await rootfs.write(`${share}/extension/${name}.control`, control);
    }
    await rootfs.tree("/usr/share/proj");
  },
};
