package io.laminar.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** Names say what a class is; a class whose name says nothing has no role. */
class NamingTest {

    @Test
    void noImpl() {
        noClasses().should().haveSimpleNameEndingWith("Impl").check(DependencyTest.CLASSES);
    }

    @Test
    void noAbstractPrefix() {
        noClasses().should().haveSimpleNameStartingWith("Abstract").check(DependencyTest.CLASSES);
    }

    @Test
    void noUtils() {
        noClasses().should().haveSimpleNameEndingWith("Utils").check(DependencyTest.CLASSES);
        noClasses().should().haveSimpleNameEndingWith("Util").check(DependencyTest.CLASSES);
        noClasses().should().haveSimpleNameEndingWith("Helper").check(DependencyTest.CLASSES);
    }
}
