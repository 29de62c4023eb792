/** Origin of the one server that this build knows; set in `wxt.config.ts`. */
declare const __EPAULE_SERVER__: string;
