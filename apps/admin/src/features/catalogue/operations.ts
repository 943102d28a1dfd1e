import { graphql } from '~/generated';

export const PRODUCTS = graphql(`
  query Products($fablab: String!, $first: Int, $after: String) {
    community(slug: $fablab) {
      id
      slug
      name
    }
    products(fablabSlug: $fablab, first: $first, after: $after) {
      nodes {
        id
        slug
        name
        description
        versions {
          id
          label
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PRODUCT = graphql(`
  query Product($fablab: String!, $product: String!) {
    product(fablabSlug: $fablab, slug: $product) {
      id
      slug
      name
      description
      fablab {
        id
        slug
        name
      }
      versions {
        id
        label
        licence
        billOfMaterials {
          position
          item
          quantity
          unit
          partVersionId
        }
        routing {
          id
          position
          name
          workCentreId
          setupMinutes
          unitMinutes
          after
          instructions
        }
      }
    }
  }
`);

/** Names of the work centres that operations point to. */
export const WORK_CENTRES = graphql(`
  query WorkCentres($fablab: String!) {
    fablabSections(fablabSlug: $fablab) {
      id
      name
      workCentres {
        id
        name
      }
    }
  }
`);

export const CREATE_PRODUCT = graphql(`
  mutation CreateProduct($input: CreateProductInput!) {
    createProduct(input: $input) {
      id
      slug
      name
    }
  }
`);

export const CREATE_PRODUCT_VERSION = graphql(`
  mutation CreateProductVersion($input: CreateProductVersionInput!) {
    createProductVersion(input: $input) {
      id
      label
    }
  }
`);
