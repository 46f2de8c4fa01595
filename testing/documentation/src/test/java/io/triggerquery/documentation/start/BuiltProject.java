package io.triggerquery.documentation.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** A project whose classes Maven has compiled, to run them in this process. */
record BuiltProject(Path directory) {

    /** What to do with the classes. */
    interface Use {
        void of(ClassLoader classes) throws Exception;
    }

    /** Loads the classes again, also for what looks for resources. */
    void use(Use use) throws Exception {
        URL[] classes = {url("target/classes"), url("target/test-classes")};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classes, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            use.of(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private URL url(String classes) throws IOException {
        return directory.resolve(classes).toUri().toURL();
    }

    /** Removes a text from a source file, and compiles the file again. */
    void remove(String text, String file) throws IOException {
        Path source = directory.resolve(file);
        String complete = Files.readString(source);
        assertThat(complete).as("the page says what to remove").contains(text);
        Files.writeString(source, complete.replace(text, ""));
        String classes = directory.resolve("target/classes").toString();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-parameters",
                        "-proc:none",
                        "-d",
                        classes,
                        "-cp",
                        classes + ":" + System.getProperty("java.class.path"),
                        source.toString());
        assertThat(result).as("the result of the compiler").isZero();
    }
}
