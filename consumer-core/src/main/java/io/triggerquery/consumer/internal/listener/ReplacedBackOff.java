package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.spi.BackOff;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Calls the application's {@link BackOff} and keeps its pauses within bounds. If it fails, uses the pause by the
 * settings, since an id without a pause would never be tried again.
 *
 * <p>Threads: any.
 */
public final class ReplacedBackOff implements BackOff {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX = Duration.ofDays(1);

    private final BackOff replacement;
    private final BackOff bySettings;
    private final AtomicBoolean logged = new AtomicBoolean();

    ReplacedBackOff(BackOff replacement, BackOff bySettings) {
        this.replacement = replacement;
        this.bySettings = bySettings;
    }

    /**
     * Returns the back-off that is in use.
     *
     * @param replacement the application's back-off, or null if it has none
     */
    public static BackOff of(@Nullable BackOff replacement, BackOff bySettings) {
        return replacement == null ? bySettings : new ReplacedBackOff(replacement, bySettings);
    }

    /**
     * Checks that no setting of a back-off is replaced.
     *
     * @param replacement the application's back-off, or null if it has none
     * @param ids the ids of the listeners
     * @throws FailureAnalyzedException if a setting would have no effect
     */
    public static void check(
            @Nullable BackOff replacement, ConsumerSettings.Listeners settings, Collection<String> ids) {
        if (replacement == null) {
            return;
        }
        settings.names("back-off", ids).stream().findFirst().ifPresent(name -> {
            throw new FailureAnalyzedException(
                    "The setting " + name + " would have no effect, because the bean of type "
                            + replacement.getClass().getName() + " replaces the back-off.",
                    "Remove the setting, or the bean.");
        });
    }

    @Override
    public Duration after(Duration failing) {
        try {
            Duration pause = Objects.requireNonNull(replacement.after(failing), "the pause is null");
            return pause.compareTo(MIN) < 0 ? MIN : pause.compareTo(MAX) > 0 ? MAX : pause;
        } catch (RuntimeException failure) {
            if (!logged.getAndSet(true)) {
                log.error(
                        "The BackOff bean {} has failed. Such ids wait as the settings say. This is logged once.",
                        replacement.getClass().getName(),
                        failure);
            }
            return bySettings.after(failing);
        }
    }
}
