/* Fails chosen system calls on files below one folder, to see what a program makes of it. For tests, with LD_PRELOAD.

   fault_arm(kind, nth, error, sticky) lets the nth call of a kind from now on fail with an error number, and all later
   ones where it is sticky. fault_seen(kind) says how many there were. Nothing fails before fault_watch(folder). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN, WRITE, READ, FSYNC, RENAME, UNLINK, MKDIR, TRUNCATE, SPAWN, THREAD, MEMORY, KINDS };
#define MOST_FILES 4096
/* Below this size an allocation that fails ends almost any program; it is not what a large raster meets. */
#define LARGE (32 << 10)

static char folder[4096];
static size_t folder_length;
static char watched[MOST_FILES];
static int armed = -1, error_number, is_sticky;
static long nth, seen[KINDS];

void fault_watch(const char *path) {
    strncpy(folder, path, sizeof folder - 1);
    folder_length = strlen(folder);
    memset(seen, 0, sizeof seen);
    memset(watched, 0, sizeof watched);
    armed = -1;
}

void fault_arm(int kind, long number, int error, int sticky) {
    nth = number;
    error_number = error;
    is_sticky = sticky;
    memset(seen, 0, sizeof seen);
    armed = kind;
}

long fault_seen(int kind) { return seen[kind]; }

static int fails(int kind) {
    if (!folder_length) return 0;
    long number = __sync_add_and_fetch(&seen[kind], 1);
    if (armed != kind || (is_sticky ? number < nth : number != nth)) return 0;
    errno = error_number;
    return 1;
}

static int below(const char *path) {
    return folder_length && path && !strncmp(path, folder, folder_length);
}

static int is_watched(int file) { return file >= 0 && file < MOST_FILES && watched[file]; }

static int watch(int file, const char *path) {
    if (file >= 0 && file < MOST_FILES) watched[file] = below(path);
    return file;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ONCE(name) static __typeof__(&name) real; if (!real) real = REAL(name)

#define OPENER(name)                                                                                                   \
    int name(const char *path, int flags, ...) {                                                                       \
        ONCE(name);                                                                                                    \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;                                      \
        va_end(rest);                                                                                                  \
        if (below(path) && (flags & (O_WRONLY | O_RDWR | O_CREAT)) && fails(OPEN)) return -1;                          \
        return watch(real(path, flags, mode), path);                                                                   \
    }
OPENER(open)
OPENER(open64)

#define STREAM(name)                                                                                                   \
    FILE *name(const char *path, const char *mode) {                                                                   \
        ONCE(name);                                                                                                    \
        if (below(path) && strpbrk(mode, "wa+") && fails(OPEN)) return NULL;                                           \
        FILE *file = real(path, mode);                                                                                 \
        if (file) watch(fileno(file), path);                                                                           \
        return file;                                                                                                   \
    }
STREAM(fopen)
STREAM(fopen64)

#define ON_FILE(type, name, kind, parameters, arguments)                                                               \
    type name parameters {                                                                                             \
        ONCE(name);                                                                                                    \
        return is_watched(file) && fails(kind) ? -1 : real arguments;                                                  \
    }
ON_FILE(ssize_t, write, WRITE, (int file, const void *data, size_t size), (file, data, size))
ON_FILE(ssize_t, writev, WRITE, (int file, const struct iovec *parts, int count), (file, parts, count))
ON_FILE(ssize_t, pwrite, WRITE, (int file, const void *data, size_t size, off_t at), (file, data, size, at))
ON_FILE(ssize_t, pwrite64, WRITE, (int file, const void *data, size_t size, off64_t at), (file, data, size, at))
ON_FILE(ssize_t, read, READ, (int file, void *data, size_t size), (file, data, size))
ON_FILE(ssize_t, pread, READ, (int file, void *data, size_t size, off_t at), (file, data, size, at))
ON_FILE(ssize_t, pread64, READ, (int file, void *data, size_t size, off64_t at), (file, data, size, at))
ON_FILE(int, fsync, FSYNC, (int file), (file))
ON_FILE(int, fdatasync, FSYNC, (int file), (file))
ON_FILE(int, ftruncate, TRUNCATE, (int file, off_t size), (file, size))
ON_FILE(int, ftruncate64, TRUNCATE, (int file, off64_t size), (file, size))

size_t fwrite(const void *data, size_t size, size_t count, FILE *file) {
    ONCE(fwrite);
    return is_watched(fileno(file)) && fails(WRITE) ? 0 : real(data, size, count, file);
}

size_t fread(void *data, size_t size, size_t count, FILE *file) {
    ONCE(fread);
    return is_watched(fileno(file)) && fails(READ) ? 0 : real(data, size, count, file);
}

int close(int file) {
    ONCE(close);
    if (file >= 0 && file < MOST_FILES) watched[file] = 0;
    return real(file);
}

int rename(const char *old, const char *new) {
    ONCE(rename);
    return below(new) && fails(RENAME) ? -1 : real(old, new);
}

int unlink(const char *path) {
    ONCE(unlink);
    return below(path) && fails(UNLINK) ? -1 : real(path);
}

int remove(const char *path) {
    ONCE(remove);
    return below(path) && fails(UNLINK) ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode) {
    ONCE(mkdir);
    return below(path) && fails(MKDIR) ? -1 : real(path, mode);
}

pid_t fork(void) {
    ONCE(fork);
    return fails(SPAWN) ? -1 : real();
}

/* The real one cannot be called from here: it would return into a frame that is gone. */
pid_t vfork(void) { return fork(); }

int pthread_create(pthread_t *thread, const pthread_attr_t *with, void *(*start)(void *), void *of) {
    ONCE(pthread_create);
    return fails(THREAD) ? EAGAIN : real(thread, with, start, of);
}

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc(size_t size) { return size >= LARGE && fails(MEMORY) ? NULL : __libc_malloc(size); }

void *calloc(size_t count, size_t size) {
    return count * size >= LARGE && fails(MEMORY) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    return size >= LARGE && fails(MEMORY) ? NULL : __libc_realloc(old, size);
}

int posix_memalign(void **found, size_t alignment, size_t size) {
    if (size >= LARGE && fails(MEMORY)) return ENOMEM;
    *found = __libc_memalign(alignment, size);
    return *found ? 0 : ENOMEM;
}

void *aligned_alloc(size_t alignment, size_t size) {
    return size >= LARGE && fails(MEMORY) ? NULL : __libc_memalign(alignment, size);
}
