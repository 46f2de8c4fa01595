package io.triggerquery.producer.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Loads the producer and its simulation again, with one class compiled from a source that contains a fault. */
final class MutantLoader extends ClassLoader {

    private static final String PACKAGE = "io.triggerquery.producer.";
    private static final Path SOURCES = Path.of("src/main/java", PACKAGE.replace('.', '/'), "internal");

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** Shared, because opening the class path takes longer than compiling a class. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private final Map<String, byte[]> compiled = new HashMap<>();

    MutantLoader(Mutant mutant) throws IOException {
        super(MutantLoader.class.getClassLoader());
        String name = mutant.type().replace('.', '/');
        String source = Files.readString(SOURCES.resolve(name + ".java"));
        int occurrences = source.split(Pattern.quote(mutant.text()), -1).length - 1;
        if (occurrences != 1) {
            throw new IllegalArgumentException(
                    name + ".java contains the text to replace " + occurrences + " times: " + mutant.text());
        }
        compile(name.substring(name.lastIndexOf('/') + 1), source.replace(mutant.text(), mutant.replacement()));
    }

    private void compile(String name, String source) {
        var file = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        var errors = new StringWriter();
        List<String> options = List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
        synchronized (FILES) {
            var files = new InMemory(FILES);
            if (!COMPILER.getTask(errors, files, null, options, null, List.of(file))
                    .call()) {
                throw new IllegalArgumentException(errors.toString());
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] code = compiled.get(name);
        if (code == null) {
            try (InputStream resource = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (resource == null) {
                    throw new ClassNotFoundException(name);
                }
                code = resource.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return defineClass(name, code, 0, code.length);
    }

    private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            compiled.put(className, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
