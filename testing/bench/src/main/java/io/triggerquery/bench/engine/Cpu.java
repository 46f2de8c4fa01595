package io.triggerquery.bench.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many cores the whole process has used on average, collector and compiler included. The rate divided by it is what
 * one core does, whatever else the machine was at.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Cpu {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private long begun;
    private long used;

    /** An iteration begins. */
    @Setup(Level.Iteration)
    public void begin() {
        begun = SYSTEM.getProcessCpuTime();
    }

    /** An iteration has ended. */
    @TearDown(Level.Iteration)
    public void end() {
        used = SYSTEM.getProcessCpuTime() - begun;
    }

    /** Seconds of one core, which JMH divides by the time that has passed. */
    public double cores() {
        return used / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
