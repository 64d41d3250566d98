package dev.signalbox.sandbox.railway;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A root field that a request asks for, read from its document before it is executed: what the
 * journal and the faults call the operation.
 *
 * @param key alias, or name
 * @param arguments texts among its arguments, those of its input object too
 */
record RootField(String name, String key, boolean mutation, Map<String, String> arguments) {

  static List<RootField> of(
      Document document, String operationName, Map<String, Object> variables) {
    Optional<OperationDefinition> operation =
        document.getDefinitionsOfType(OperationDefinition.class).stream()
            .filter(o -> operationName == null || operationName.equals(o.getName()))
            .findFirst();
    List<RootField> fields = new ArrayList<>();
    operation.ifPresent(
        o -> {
          boolean mutation = o.getOperation() == OperationDefinition.Operation.MUTATION;
          collect(document, o.getSelectionSet(), mutation, variables, fields);
        });
    return fields;
  }

  private static void collect(
      Document document,
      SelectionSet selections,
      boolean mutation,
      Map<String, Object> variables,
      List<RootField> into) {
    for (Selection<?> selection : selections.getSelections()) {
      if (selection instanceof graphql.language.Field field) {
        Map<String, String> arguments = new HashMap<>();
        for (Argument argument : field.getArguments()) {
          read(argument.getName(), argument.getValue(), variables, arguments);
        }
        into.add(new RootField(field.getName(), field.getResultKey(), mutation, arguments));
      } else if (selection instanceof InlineFragment inline) {
        collect(document, inline.getSelectionSet(), mutation, variables, into);
      } else if (selection instanceof FragmentSpread spread) {
        document.getDefinitionsOfType(FragmentDefinition.class).stream()
            .filter(fragment -> fragment.getName().equals(spread.getName()))
            .findFirst()
            .ifPresent(f -> collect(document, f.getSelectionSet(), mutation, variables, into));
      }
    }
  }

  private static void read(
      String name, Value<?> value, Map<String, Object> variables, Map<String, String> into) {
    if (value instanceof StringValue text) {
      into.put(name, text.getValue());
    } else if (value instanceof VariableReference reference) {
      keep(name, variables.get(reference.getName()), into);
    } else if (value instanceof ObjectValue object) {
      object.getObjectFields().forEach(f -> read(f.getName(), f.getValue(), variables, into));
    }
  }

  /** Texts among the arguments, those of input objects too. */
  static Map<String, String> texts(Map<String, Object> arguments) {
    Map<String, String> texts = new HashMap<>();
    arguments.forEach((name, value) -> keep(name, value, texts));
    return texts;
  }

  private static void keep(String name, Object value, Map<String, String> into) {
    if (value instanceof String text) {
      into.put(name, text);
    } else if (value instanceof Map<?, ?> object) {
      object.forEach((key, inner) -> keep((String) key, inner, into));
    }
  }
}
