package dev.signalbox.sandbox.railway;

import graphql.schema.DataFetchingEnvironment;

/** A field of a view that is computed when it is asked for. */
@FunctionalInterface
interface Field {
  Object of(DataFetchingEnvironment asked);
}
