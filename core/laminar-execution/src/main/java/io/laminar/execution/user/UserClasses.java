package io.laminar.execution.user;

import io.laminar.spi.function.UserCode;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The classes of user functions in this process. Every function has a class loader of its own per pipeline, which knows
 * the JDK and the function and nothing of Laminar; it goes when nothing runs the function any more.
 */
public final class UserClasses {
    private static final Map<Key, WeakReference<Class<?>>> LOADED = new HashMap<>();

    private record Key(UUID pipeline, UserCode code) {}

    private static final class Loader extends ClassLoader {
        private final UserCode code;

        Loader(UserCode code) {
            super(ClassLoader.getPlatformClassLoader());
            this.code = code;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] file = code.classFile(name);
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, file, 0, file.length);
        }
    }

    private UserClasses() {}

    /** The class with a function's methods; the same one as long as it is in use. */
    public static Class<?> load(UserCode code) {
        synchronized (LOADED) {
            LOADED.values().removeIf(known -> known.get() == null);
            Key key = new Key(code.pipeline(), code);
            WeakReference<Class<?>> known = LOADED.get(key);
            Class<?> loaded = known == null ? null : known.get();
            if (loaded == null) {
                try {
                    loaded = new Loader(code).loadClass(code.className());
                } catch (ClassNotFoundException e) {
                    throw new IllegalStateException("the code of a function lacks its class", e);
                }
                LOADED.put(key, new WeakReference<>(loaded));
            }
            return loaded;
        }
    }
}
