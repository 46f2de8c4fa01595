package io.triggerquery.testoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A failing test shows its own output, and none of another test. */
class OutputOfFailureTest {

    // run by these tests alone: a nested class that is static is no test of the build
    static final class Example {

        @BeforeEach
        void prepare() {
            System.out.println("prepared");
        }

        @Test
        void succeeds() {
            System.out.println("written by a good test");
        }

        @Test
        void fails() {
            System.out.println("written before the failure");
            System.err.println("an error line");
            fail("as meant");
        }

        @Test
        void isAborted() {
            System.out.println("written before it was aborted");
            abort("as meant");
        }
    }

    static final class FailsAtStart {

        @BeforeAll
        static void start() {
            System.out.println("written at the start");
            fail("as meant");
        }

        @Test
        void neverRuns() {}
    }

    @Test
    void failureContainsOutputOfItsTest() {
        assertThat(run(Example.class).get("fails()").getSuppressed())
                .singleElement()
                .asString()
                .contains("prepared", "written before the failure", "an error line")
                .doesNotContain("good test")
                .doesNotContain("aborted");
    }

    @Test
    void abortedTestHasNoOutput() {
        assertThat(run(Example.class).get("isAborted()").getSuppressed()).isEmpty();
    }

    @Test
    void failureBeforeFirstTestContainsOutput() {
        assertThat(run(FailsAtStart.class)
                        .get("OutputOfFailureTest$FailsAtStart")
                        .getSuppressed())
                .singleElement()
                .asString()
                .contains("written at the start");
    }

    @Test
    void onlyLastBytesAreKept() {
        var output = new RecentOutput(8);
        var stream = output.copying(new PrintStream(OutputStream.nullOutputStream()));
        stream.print("0123456789");
        assertThat(output.text()).isEqualTo("...23456789");

        output.clear();
        stream.print("abc");
        assertThat(output.text()).isEqualTo("abc");
    }

    private static Map<String, Throwable> run(Class<?> example) {
        Map<String, Throwable> failures = new HashMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(example))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable()
                                        .ifPresent(failure -> failures.put(test.getDisplayName(), failure));
                            }
                        });
        return failures;
    }
}
