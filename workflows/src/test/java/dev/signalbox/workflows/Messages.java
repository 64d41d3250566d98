package dev.signalbox.workflows;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.signalbox.workflows.policy.RequiredCheck;
import io.temporal.activity.ActivityInterface;
import io.temporal.workflow.WorkflowInterface;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Every record that travels: whatever the workflow and activity interfaces name. */
final class Messages {
  static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.signalbox.workflows");

  private Messages() {}

  /** The methods by which runs and activities are called. */
  static List<Method> methods() {
    return MODULE.stream()
        .filter(
            type ->
                type.isAnnotatedWith(WorkflowInterface.class)
                    || type.isAnnotatedWith(ActivityInterface.class))
        .map(JavaClass::reflect)
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
        .toList();
  }

  static Stream<Class<?>> records() {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Method method : methods()) {
      collect(method.getGenericReturnType(), found);
      Arrays.stream(method.getGenericParameterTypes()).forEach(type -> collect(type, found));
    }
    return found.stream().sorted(Comparator.comparing(Class::getName));
  }

  private static void collect(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(part -> collect(part, found));
    } else if (type instanceof Class<?> known && known.isRecord() && found.add(known)) {
      Arrays.stream(known.getRecordComponents())
          .forEach(component -> collect(component.getGenericType(), found));
    }
  }

  /** One of it with something in every field. */
  static Object sample(Type type) {
    if (type instanceof ParameterizedType generic) {
      List<Object> parts = new ArrayList<>();
      Arrays.stream(generic.getActualTypeArguments()).forEach(part -> parts.add(sample(part)));
      if (generic.getRawType() == Map.class) {
        return Map.of(parts.get(0), parts.get(1));
      }
      return generic.getRawType() == Set.class ? Set.of(parts.get(0)) : List.of(parts.get(0));
    }
    Class<?> known = (Class<?>) type;
    if (known.isRecord() && !SIMPLE.containsKey(known)) {
      return sampleOf(known);
    }
    if (known.isEnum()) {
      return known.getEnumConstants()[known.getEnumConstants().length - 1];
    }
    return Objects.requireNonNull(SIMPLE.get(known), () -> "there is no sample of " + known);
  }

  private static final Map<Class<?>, Object> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, "päper"),
          Map.entry(int.class, 7),
          Map.entry(Integer.class, 7),
          Map.entry(long.class, 5_000_000_000L),
          Map.entry(Long.class, 5_000_000_000L),
          Map.entry(boolean.class, true),
          Map.entry(Boolean.class, true),
          Map.entry(Duration.class, Duration.ofSeconds(90)),
          Map.entry(Instant.class, Instant.parse("2026-11-20T12:00:00.123456Z")),
          Map.entry(LocalDate.class, LocalDate.of(2026, 12, 31)),
          // A plain name travels as a text and has no count of its own.
          Map.entry(RequiredCheck.class, new RequiredCheck("päper *", 7)));

  private static Object sampleOf(Class<?> known) {
    RecordComponent[] components = known.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components).map(component -> sample(component.getGenericType())).toArray();
    try {
      Constructor<?> constructor = known.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError(known + " cannot be made", impossible);
    }
  }
}
