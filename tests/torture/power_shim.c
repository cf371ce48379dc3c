/* Writes down what a process does to files, so that a power cut can be played through afterwards.
 *
 * Preloaded (LD_PRELOAD), it stands before the C library's open, write, truncate, rename, unlink,
 * mkdir and sync calls and appends one record for each that succeeded on a path below
 * POWER_SHIM_ROOT to the file POWER_SHIM_LOG. Memory maps are not seen; SQLite maps only its -shm
 * file here, which it makes anew after a crash.
 *
 * Record: kind (1 byte), path length (u16), second length (u32), offset (u64), path, second.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int log_fd = -1;
static char root[4096];
static size_t root_length;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("POWER_SHIM_LOG"), *below = getenv("POWER_SHIM_ROOT");
  real_write = next("write");
  real_pwrite = next("pwrite64");
  if (!path || !below) return;
  int (*real_open)(const char *, int, ...) = next("open64");
  log_fd = real_open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  snprintf(root, sizeof root, "%s", below);
  root_length = strlen(root);
}

static int ours(const char *path) {
  return log_fd >= 0 && strncmp(path, root, root_length) == 0;
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 4095);
  if (length <= 0) return 0;
  path[length] = 0;
  char *gone = strstr(path, " (deleted)");
  if (gone) return 0;
  return ours(path);
}

static int full_path(int dir, const char *given, char *path) {
  if (given[0] == '/' || dir == AT_FDCWD) {
    if (given[0] == '/') { snprintf(path, 4096, "%s", given); return ours(path); }
    char here[2048];
    if (!getcwd(here, sizeof here)) return 0;
    snprintf(path, 4096, "%s/%s", here, given);
    return ours(path);
  }
  char base[4096];
  if (!path_of(dir, base)) return 0;
  snprintf(path, 4096, "%.2000s/%.2000s", base, given);
  return ours(path);
}

static void record(char kind, const char *path, const void *second, uint32_t size, uint64_t at) {
  uint16_t length = (uint16_t)strlen(path);
  unsigned char head[15];
  int saved = errno;
  head[0] = (unsigned char)kind;
  memcpy(head + 1, &length, 2);
  memcpy(head + 3, &size, 4);
  memcpy(head + 7, &at, 8);
  pthread_mutex_lock(&lock);
  struct iovec parts[3] = {
      {head, sizeof head}, {(void *)path, length}, {(void *)second, size}};
  ssize_t (*real_writev)(int, const struct iovec *, int) = next("writev");
  if (real_writev(log_fd, parts, 3) < 0) abort();
  pthread_mutex_unlock(&lock);
  errno = saved;
}

static void noted_write(int fd, const void *data, ssize_t done, off_t at) {
  char path[4096];
  if (done > 0 && fd != log_fd && path_of(fd, path)) record('w', path, data, (uint32_t)done, (uint64_t)at);
}

ssize_t write(int fd, const void *data, size_t size) {
  if (!real_write) real_write = next("write");
  char path[4096];
  int watched = log_fd >= 0 && fd != log_fd && path_of(fd, path);
  off_t at = watched ? lseek(fd, 0, SEEK_CUR) : 0;
  if (watched && (fcntl(fd, F_GETFL) & O_APPEND)) at = lseek(fd, 0, SEEK_END);
  ssize_t done = real_write(fd, data, size);
  if (watched && at >= 0) noted_write(fd, data, done, at);
  return done;
}

static ssize_t pwrite_any(int fd, const void *data, size_t size, off_t at) {
  if (!real_pwrite) real_pwrite = next("pwrite64");
  ssize_t done = real_pwrite(fd, data, size, at);
  noted_write(fd, data, done, at);
  return done;
}
ssize_t pwrite(int fd, const void *d, size_t s, off_t at) { return pwrite_any(fd, d, s, at); }
ssize_t pwrite64(int fd, const void *d, size_t s, off64_t at) { return pwrite_any(fd, d, s, at); }

/* These would get around the shim; a program that uses them is told they do not exist. */
ssize_t copy_file_range(int a, off64_t *b, int c, off64_t *d, size_t e, unsigned f) {
  (void)a; (void)b; (void)c; (void)d; (void)e; (void)f;
  errno = ENOSYS;
  return -1;
}
ssize_t sendfile64(int a, int b, off64_t *c, size_t d) {
  (void)a; (void)b; (void)c; (void)d;
  errno = EINVAL;
  return -1;
}
ssize_t sendfile(int a, int b, off_t *c, size_t d) {
  (void)a; (void)b; (void)c; (void)d;
  errno = EINVAL;
  return -1;
}

static int truncated(const char *name, int fd, off_t size) {
  int (*real)(int, off_t) = next(name);
  char path[4096];
  int watched = path_of(fd, path), result = real(fd, size);
  if (!result && watched) record('t', path, "", 0, (uint64_t)size);
  return result;
}
int ftruncate(int fd, off_t size) { return truncated("ftruncate", fd, size); }
int ftruncate64(int fd, off64_t size) { return truncated("ftruncate64", fd, size); }
int posix_fallocate(int fd, off_t at, off_t size) { (void)fd; (void)at; (void)size; return EOPNOTSUPP; }
int posix_fallocate64(int fd, off64_t at, off64_t size) { (void)fd; (void)at; (void)size; return EOPNOTSUPP; }

static int synced(const char *name, int fd) {
  int (*real)(int) = next(name);
  char path[4096];
  int watched = path_of(fd, path);
  int result = real(fd);
  if (!result && watched) record('s', path, "", 0, 0);
  return result;
}
int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }

static int opened(const char *name, int dir, const char *given, int flags, mode_t mode) {
  int (*real)(int, const char *, int, ...) = next(name);
  char path[4096];
  struct stat before;
  int watched = log_fd >= 0 && full_path(dir, given, path);
  int existed = watched && !stat(path, &before);
  int fd = real(dir, given, flags, mode);
  if (fd >= 0 && watched && (flags & O_CREAT) && !existed) record('c', path, "", 0, 0);
  else if (fd >= 0 && watched && (flags & O_TRUNC) && existed) record('t', path, "", 0, 0);
  return fd;
}
#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *p, int flags, ...) { MODE(flags) return opened("openat", AT_FDCWD, p, flags, mode); }
int open64(const char *p, int flags, ...) { MODE(flags) return opened("openat64", AT_FDCWD, p, flags, mode); }
int openat(int d, const char *p, int flags, ...) { MODE(flags) return opened("openat", d, p, flags, mode); }
int openat64(int d, const char *p, int flags, ...) { MODE(flags) return opened("openat64", d, p, flags, mode); }

static int renamed(int a, const char *from, int b, const char *to) {
  int (*real)(int, const char *, int, const char *) = next("renameat");
  char one[4096], other[4096];
  int watched = log_fd >= 0 && full_path(a, from, one) && full_path(b, to, other);
  int result = real(a, from, b, to);
  if (!result && watched) record('r', one, other, (uint32_t)strlen(other), 0);
  return result;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to); }

static int removed(char kind, const char *name, int dir, const char *given, int flags) {
  int (*real)(int, const char *, int) = next(name);
  char path[4096];
  int watched = log_fd >= 0 && full_path(dir, given, path);
  int result = real(dir, given, flags);
  if (!result && watched) record(kind, path, "", 0, 0);
  return result;
}
int unlink(const char *p) { return removed('u', "unlinkat", AT_FDCWD, p, 0); }
int unlinkat(int d, const char *p, int flags) { return removed('u', "unlinkat", d, p, flags); }
int rmdir(const char *p) { return removed('u', "unlinkat", AT_FDCWD, p, AT_REMOVEDIR); }

int mkdirat(int dir, const char *given, mode_t mode) {
  int (*real)(int, const char *, mode_t) = next("mkdirat");
  char path[4096];
  int watched = log_fd >= 0 && full_path(dir, given, path);
  int result = real(dir, given, mode);
  if (!result && watched) record('m', path, "", 0, 0);
  return result;
}
int mkdir(const char *p, mode_t mode) { return mkdirat(AT_FDCWD, p, mode); }
