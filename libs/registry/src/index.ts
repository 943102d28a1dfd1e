export { releasePdf, type ReleasePdfSource } from './pdf/release-pdf.js';
export { RegistryModule } from './registry.module.js';
