package io.triggerquery.consumer.autoconfigure;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Describes which setting cannot be read, and where it is set. Spring Boot's own analyzers also print its value, which
 * may be a password, an address that contains one, or a misplaced token.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConsumerSettingsFailureAnalyzer implements FailureAnalyzer {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("triggerquery");

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        BindException bindFailure = cause(failure, BindException.class);
        if (bindFailure == null || !ROOT.isAncestorOf(bindFailure.getName()) && !ROOT.equals(bindFailure.getName())) {
            return null;
        }
        FailureAnalyzedException analyzed = cause(bindFailure, FailureAnalyzedException.class);
        if (analyzed != null) {
            return analyzed.analysis();
        }
        BindValidationException invalid = cause(bindFailure, BindValidationException.class);
        return invalid == null ? unreadable(bindFailure) : invalid(invalid);
    }

    private static FailureAnalysis unreadable(BindException failure) {
        Class<?> type = failure.getTarget().getType().resolve(Object.class);
        String expected = type.isEnum()
                ? "one of " + Arrays.toString(type.getEnumConstants())
                : type.isRecord() ? "a group of settings" : "a " + type.getSimpleName();
        // a listener's setting can come from the defaults
        ConfigurationProperty found = failure.getProperty();
        String name = (found == null ? failure.getName() : found.getName()).toString();
        return new FailureAnalysis(
                "The setting " + name + location(Origin.from(found)) + " cannot be read. It must be " + expected
                        + ". Its value is not shown, since it may be a secret.",
                "Correct the value of " + name + ".",
                failure);
    }

    private static FailureAnalysis invalid(BindValidationException failure) {
        String prefix = failure.getValidationErrors().getName().toString();
        String errors = failure.getValidationErrors().getAllErrors().stream()
                .map(error -> "%n    %s".formatted(line(prefix, error)))
                .collect(Collectors.joining());
        return new FailureAnalysis(
                "These settings are not valid. Their values are not shown, since they may be secrets:" + errors,
                "Correct these settings.",
                failure);
    }

    private static String line(String prefix, ObjectError error) {
        String name = error instanceof FieldError field ? prefix + "." + field.getField() : prefix;
        return name + location(Origin.from(error)) + " " + error.getDefaultMessage();
    }

    private static String location(@Nullable Origin origin) {
        return origin == null ? "" : " (" + origin + ")";
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
