package dev.signalbox.workflows;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A replay must take the same way again: what differs between two runs of one history is barred.
 */
class ArchitectureTest {
  private static final Set<Type> PLAIN =
      Set.of(void.class, String.class, long.class, int.class, boolean.class);

  @Test
  void readsNoClock() {
    holds(
        noClasses()
            .should()
            .callMethodWhere(named("now").and(ownerThat(assignableTo(Temporal.class))))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Date"));
  }

  @Test
  void asksTheMachineForNothing() {
    holds(
        noClasses()
            .should()
            .callMethodWhere(
                ownerThat(belongToAnyOf(System.class))
                    .and(
                        named(
                            "currentTimeMillis",
                            "nanoTime",
                            "getenv",
                            "getProperty",
                            "lineSeparator",
                            "identityHashCode")))
            .orShould()
            .dependOnClassesThat(belongToAnyOf(Runtime.class, ProcessHandle.class)));
  }

  @Test
  void drawsNoLots() {
    holds(
        noClasses()
            .should()
            .callMethodWhere(ownerThat(belongToAnyOf(UUID.class)).and(named("randomUUID")))
            .orShould()
            .callMethodWhere(ownerThat(belongToAnyOf(Math.class)).and(named("random")))
            .orShould()
            .dependOnClassesThat(assignableTo(Random.class))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.security.SecureRandom"));
  }

  @Test
  void startsNoThreadAndTakesNoLock() {
    holds(
        noClasses()
            .should()
            .dependOnClassesThat(assignableTo(Thread.class))
            .orShould()
            .dependOnClassesThat(
                resideInAnyPackage("java.util.concurrent..")
                    .and(not(belongToAnyOf(TimeUnit.class)))));
  }

  @Test
  void touchesNoFileAndNoNetwork() {
    holds(
        noClasses()
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("java.io..", "java.nio..", "java.net..")
                    .and(not(belongToAnyOf(StandardCharsets.class)))
                    // Bytes in memory are no file.
                    .and(
                        not(
                            belongToAnyOf(
                                ByteArrayInputStream.class,
                                ByteArrayOutputStream.class,
                                IOException.class)))
                    .and(
                        not(
                            DescribedPredicate.describe(
                                "a character set",
                                (JavaClass type) ->
                                    type.getName().equals("java.nio.charset.Charset"))))));
  }

  @Test
  void knowsNoneOfTheModulesThatUseIt() {
    holds(
        noClasses()
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "dev.signalbox.activities..",
                    "dev.signalbox.workers..",
                    "dev.signalbox.starter..",
                    "dev.signalbox.sandbox..")));
  }

  static Stream<Method> everyMethodThatSendsAMessage() {
    return Messages.methods().stream();
  }

  @ParameterizedTest
  @MethodSource("everyMethodThatSendsAMessage")
  void sendsOneRecordOrOneWord(Method method) {
    List<Type> parameters = Arrays.asList(method.getGenericParameterTypes());

    assertThat(parameters).hasSizeLessThanOrEqualTo(1).allMatch(ArchitectureTest::travels);
    assertThat(method.getGenericReturnType()).matches(ArchitectureTest::travels);
  }

  private static boolean travels(Type type) {
    return PLAIN.contains(type) || (type instanceof Class<?> known && known.isRecord());
  }

  private static void holds(ArchRule rule) {
    rule.check(Messages.MODULE);
  }

  private static DescribedPredicate<JavaCall<?>> ownerThat(
      DescribedPredicate<? super JavaClass> predicate) {
    return DescribedPredicate.describe(
        "whose owner is " + predicate.getDescription(),
        (JavaCall<?> call) -> predicate.test(call.getTargetOwner()));
  }

  private static DescribedPredicate<JavaCall<?>> named(String... names) {
    Set<String> known = Set.of(names);
    return DescribedPredicate.describe(
        "named " + known, (JavaCall<?> call) -> known.contains(call.getName()));
  }
}
