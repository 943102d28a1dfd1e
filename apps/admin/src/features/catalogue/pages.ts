export { NewProductPage } from './new-product.page';
export { NewVersionPage } from './new-version.page';
export { ProductPage } from './product.page';
export { ProductsPage } from './products.page';
