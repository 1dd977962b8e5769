/* Makes writes and syncs of SQLite's files fail on command. Preloaded into the child process of a test; the test changes the
 * byte of the control file: '0' nothing, 's' syncs fail (EIO), 'w' writes fail (EIO), 'f' the disk is full (ENOSPC),
 * 'r' the file system is read-only (EROFS). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static volatile char *control;

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("FAULT_CONTROL");
    int file = path ? open(path, O_RDONLY) : -1;
    if (file >= 0)
        control = mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0);
}

static int is_database(int fd)
{
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, name, sizeof name - 1);
    if (length < 0)
        return 0;
    name[length] = 0;
    return (length > 3 && !strcmp(name + length - 3, ".db")) || (length > 4 && !strcmp(name + length - 4, "-wal"));
}

static int write_error(int fd)
{
    char mode = control ? *control : '0';
    if ((mode != 'w' && mode != 'f' && mode != 'r') || !is_database(fd))
        return 0;
    return mode == 'w' ? EIO : mode == 'f' ? ENOSPC : EROFS;
}

static int sync_error(int fd) { return control && *control == 's' && is_database(fd) ? EIO : 0; }

#define FAIL(error) do { int e = (error); if (e) { errno = e; return -1; } } while (0)
#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{
    FAIL(write_error(fd));
    return NEXT(ssize_t (*)(int, const void *, size_t, off64_t), "pwrite64")(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    FAIL(write_error(fd));
    return NEXT(ssize_t (*)(int, const void *, size_t, off_t), "pwrite")(fd, data, size, at);
}

ssize_t write(int fd, const void *data, size_t size)
{
    FAIL(write_error(fd));
    return NEXT(ssize_t (*)(int, const void *, size_t), "write")(fd, data, size);
}

int fsync(int fd)
{
    FAIL(sync_error(fd));
    return NEXT(int (*)(int), "fsync")(fd);
}

int fdatasync(int fd)
{
    FAIL(sync_error(fd));
    return NEXT(int (*)(int), "fdatasync")(fd);
}
